-- The admin of a new assessor company gets another link when the first one was lost, and the first one is void then.
GRANT UPDATE (expires_at) ON invitation TO countervail_identity;
