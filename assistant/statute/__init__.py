"""The law as computation: working days, deadlines, publication duties, processing fees, and which row of 表三 a case belongs to.

Pure: dates, tariffs and wordings are data beside the code, today is an argument, and what the data do not settle is said to be unknown.
"""
