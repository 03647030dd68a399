"""Printed Chinese: numerals, ordinals, dates, document numbers, organs, provisions, pinyin."""
