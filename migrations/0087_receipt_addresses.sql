-- The address of a provider's receipts follows from the account's own key; only how its calls fared is kept.
drop function lookup_receipt_endpoint(bytea);
drop policy lookup on receipt_endpoints;
revoke select on receipt_endpoints from campanile_lookup;
drop index receipt_endpoints_token;
alter table receipt_endpoints drop column token_hash, drop column token_sealed;
