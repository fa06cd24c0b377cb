"""Small texts of a law that does not exist, for tests."""

from __future__ import annotations

DIGEST = """---
id: lamp-law
kind: statute
title: 路灯管理条例
number: 青政令第7号
aliases: [路灯条例]
effective_from: 2020-01-01
form: digest
---
# 第一章 总则

## 第一条 目的
为了让夜里走路安全，订立本条例。

## 第二条 报修
发现路灯不亮的，可以向管理单位报修；管理单位应当在3日内修好。依照本条例第三条登记。

## 第三条 登记
报修应当登记。不得漏记。前条的期限从登记之日起算。
"""

ASKS = """
第二条:
  terms: [报修, 灯坏了]
  asks: [灯坏了找谁, 多少天要修好]
  facts: [3日内修好]
  see: [第三条]
"""

OFFICIAL = """路灯管理条例

（青政令第7号，自2020年1月1日起施行）

第一章　总则

第一条　为保障夜间通行安全，制定本条例。

第二条　公民发现路灯损坏的，有权向管理单位报修。
管理单位自登记之日起三日内修复，
第三条规定的情形除外。

第三条　管理单位应当登记报修事项。
"""

NEWER = OFFICIAL.replace("青政令第7号", "青政令第9号").replace("2020年", "2024年").replace("三日", "二日")
