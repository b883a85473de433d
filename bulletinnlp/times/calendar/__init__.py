"""Calendars: lunar dates, solar terms, festivals, statutory holidays."""
