-- Replaces the document if it still has the expected version, and adds the entry to the audit trail, or does nothing.
-- KEYS: meta, doc, audit. ARGV: expected version ('' for no document), new version, document, audit entry, 'kill' or ''.
-- Returns {1, id of the entry} or {0, version found}.
local current = redis.call('HGET', KEYS[1], 'version') or ''
if current ~= ARGV[1] then
  return {0, current}
end
local add = {KEYS[3], '*', 'entry', ARGV[4], 'before', ARGV[1], 'document', ARGV[2]}
local id
if ARGV[5] == 'kill' then
  -- a kill is not held up by an audit trail that cannot be written
  id = redis.pcall('XADD', unpack(add))
  if type(id) == 'table' then
    id = ''
  end
else
  id = redis.call('XADD', unpack(add))
end
redis.call('SET', KEYS[2], ARGV[3])
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'id', id)
return {1, id}
