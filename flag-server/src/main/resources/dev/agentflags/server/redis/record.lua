-- Adds a line to the audit trail, or does nothing.
-- KEYS: meta, audit. ARGV: line, the link that the trail must end with ('' for no line), the link that it ends with then.
-- Returns the link that the trail ends with; that of the line where it was added, now or before.
local tail = redis.call('HGET', KEYS[1], 'link') or ''
if tail ~= ARGV[2] then
  return tail
end
redis.call('XADD', KEYS[2], '*', 'entry', ARGV[1])
redis.call('HSET', KEYS[1], 'link', ARGV[3])
return ARGV[3]
