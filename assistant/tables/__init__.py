"""The statutory tables as computation: filling from registers, carrying over, computing totals, rolling up. Pure: values in, values out."""
