-- wrk: POST the file named by $BODY, and print the result on one line at the end.
local f = assert(io.open(os.getenv("BODY"), "rb"))
wrk.method, wrk.body = "POST", f:read("*a")
f:close()
wrk.headers["Content-Type"] = "application/json"
function done(s, latency, _)
  local e = s.errors
  io.write(string.format("RESULT %d %.6f %d %d %d\n", s.requests, s.duration / 1e6,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
end
