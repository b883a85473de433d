"""Calendars: lunar dates, solar terms, feasts, statutory holidays."""
