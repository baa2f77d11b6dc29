-- What wrk asks, and its result as one line of JSON.
-- Arguments: kind of request, token, seed, and by kind: get -> nothing; entry -> number of products;
-- search -> file with one address a line.
local kind, token, asked
local addresses = {}
local most_products = 1

function init(arguments)
  kind, token = arguments[1], arguments[2]
  math.randomseed(tonumber(arguments[3]))
  wrk.headers["Authorization"] = "Bearer " .. token
  if kind == "entry" then
    most_products = tonumber(arguments[4])
    asked = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.headers["Host"] .. "\r\nAuthorization: Bearer " .. token ..
      "\r\nContent-Type: application/json\r\nContent-Length: "
  elseif kind == "search" then
    for line in io.lines(arguments[4]) do
      addresses[#addresses + 1] = wrk.format("GET", line)
    end
  else
    asked = wrk.format("GET")
  end
end

local function entry()
  -- A UUID of version 4, random as clients make them: in order, they would be cheaper to index.
  local random = math.random
  local body = string.format(
    '{"id":"%04x%04x-%04x-4%03x-%04x-%04x%04x%04x","produto_id":"p%d","quantidade":%d}',
    random(0, 65535), random(0, 65535), random(0, 65535), random(0, 4095), random(32768, 49151),
    random(0, 65535), random(0, 65535), random(0, 65535), random(most_products), random(500))
  return asked .. #body .. "\r\n\r\n" .. body
end

function request()
  if kind == "entry" then
    return entry()
  elseif kind == "search" then
    return addresses[math.random(#addresses)]
  end
  return asked
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"bytes":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
