"""The rules. No clock, no randomness, no database, no cryptography: times and links come as text.

==================================================  ===================  ==============================
question                                            file                 source
==================================================  ===================  ==============================
may this be done now, by this person?               guards               each guard's sentence
what can happen in a procedure, in which order?     procedure            § 182, § 78 III NKomVG
which votes stand, and how many are they?           ballot_box
what was decided, and why?                          counting             § 66 NKomVG, § 91 VwVfG
which settings does a rule profile have?            profile
which profiles are built in?                        profiles             named in each profile
who holds which key, who sits where?                register
who has to sign what?                               signers
what is stored as an event's name?                  events, and `TOPIC`
==================================================  ===================  ==============================
"""
