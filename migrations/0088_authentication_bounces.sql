-- Looked at every second while a campaign runs: refusals of our own authentication alone.
create index message_bounces_authentication on message_bounces (account_id, source_id, at) where class = 'authentication';
