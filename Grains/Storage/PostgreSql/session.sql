-- name: begin_write
-- Of the transaction that it stands in, whatever the role's or the server's defaults are: its commit is durable, and where its client does not speak any
-- more, it ends, and what it had changed is free again.
set local synchronous_commit = on;
set local idle_in_transaction_session_timeout = '10s'

-- name: which_session
-- The number of the session, as the server knows it.
select pg_backend_pid()
