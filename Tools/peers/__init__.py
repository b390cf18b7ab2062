"""What Tools/compare-peers is made of.

`rows` is the table of what is compared, `peer_*` are the same workloads in other engines, `worker`
is the process that such a peer runs in, `graphrun` runs ours, `environment` installs the peers, and
`report` prints.
"""
