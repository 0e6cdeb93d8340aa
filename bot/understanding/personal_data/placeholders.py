"""What stands in a message where personal data stood."""

from __future__ import annotations

import regex

PLACEHOLDERS = {
    "message": "[message]",
    "name": "[name]",
    "initials": "[initials]",
    "date_of_birth": "[date of birth]",
    "age": "[age]",
    "nhs_number": "[NHS number]",
    "upn": "[pupil number]",
    "national_insurance_number": "[National Insurance number]",
    "postcode": "[postcode]",
    "address": "[address]",
    "phone": "[phone number]",
    "email": "[e-mail]",
    "username": "[user name]",
    "case_number": "[case number]",
    "vehicle": "[vehicle number]",
    "bank_details": "[bank details]",
    "number": "[number]",
}
PRECEDENCE = tuple(PLACEHOLDERS)
"""Where two findings overlap, the first and longest names the kind; of equals, the earlier here."""

TAKEN_OUT = regex.compile("|".join(map(regex.escape, PLACEHOLDERS.values())))
