"""The rules. No clock, no randomness, no database, no cryptography: times and links come as text.

==================================================  ==========================  =======================
question                                            file                        source
==================================================  ==========================  =======================
what can be said in a procedure?                    statements                  § 182, § 78 NKomVG
may a procedure be opened so?                       guards_opening
may this member vote, now, in this way?             guards_voting               each guard's sentence
consent, objection, secret ballot, proxy            guards_declarations
exclusion, delivery, substitute, extension          guards_conduct              § 41 NKomVG, § 31 VwVfG
may it be closed?                                   guards_closing
what may be said about a result?                    guards_result
which votes stand, and how many are they?           ballot_box
deadlines, seats, consents, objections              conduct
is deciding by circulation valid?                   circulation                 § 182 II NKomVG
what was decided, and why?                          counting, deciding          § 66 NKomVG, § 91 VwVfG
would the result be another one without …?          relevance                   § 41 VI NKomVG
how did each group vote?                            groups
which items are public?                             publicity                   § 64 NKomVG
when does a period end?                             periods, civil_time         §§ 187–193 BGB
which settings does a rule profile have?            profile, profile_schema
which settings contradict each other?               profile_checks
which profiles are built in?                        profiles                    named in each profile
how is that said in German and English?             words/
who holds which key, who sits where?                register
who has to sign what?                               signers
what is stored as an event's name?                  `TOPIC` in *_events
==================================================  ==========================  =======================
"""
