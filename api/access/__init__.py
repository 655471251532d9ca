"""Who may do what over HTTP. Everything that no table names is denied.

========================  =============================================================================
`table.py`                which roles may make which call: one line a call
`kinds.py`                which roles may submit which kind of statement, and for whom
`roles.py`                the roles, and what a credential grants
`tokens.py`               our own bearer tokens, in the ledger's home
`policy.py`               `access.toml`: what is public, and whose tokens count as well
`access_token.py`         tokens of an OpenID Connect provider (RFC 9068)
`provider_keys.py`        the keys of that provider
`local.py`                who is served while nobody has said who may do what
`gate.py`                 from a request's credential to what it grants, for one ledger
`layer.py`                the layer around the application that asks the gate
`login.py`                the device flow of the command line (RFC 8628)
========================  =============================================================================
"""
