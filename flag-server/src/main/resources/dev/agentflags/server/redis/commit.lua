-- Replaces the document if it still has the expected version, and adds the line to the audit trail, or does nothing.
-- KEYS: meta, doc, audit. ARGV: expected version ('' for no document), new version, document, line of the audit trail, 'kill' or '',
-- the link that the trail must end with ('' for no line), the link that it ends with then.
-- Returns {1, id of the line}, {0, version found}, or {2, the link that the trail ends with}.
local current = redis.call('HGET', KEYS[1], 'version') or ''
if current ~= ARGV[1] then
  return {0, current}
end
local tail = redis.call('HGET', KEYS[1], 'link') or ''
if tail ~= ARGV[6] then
  return {2, tail}
end
local add = {KEYS[3], '*', 'entry', ARGV[4], 'before', ARGV[1], 'document', ARGV[2]}
local id
local link = ARGV[7]
if ARGV[5] == 'kill' then
  -- a kill is not held up by an audit trail that cannot be written
  id = redis.pcall('XADD', unpack(add))
  if type(id) == 'table' then
    id = ''
    link = tail
  end
else
  id = redis.call('XADD', unpack(add))
end
redis.call('SET', KEYS[2], ARGV[3])
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'id', id, 'link', link)
return {1, id}
