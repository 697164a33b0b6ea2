package jsonrpc

// message is one parsed message: a request or a batch. Its byte slices alias the text that it
// was parsed from. It can be used again after reset.
type message struct {
	scanner
	requests []rawRequest
	elements []element
	batch    bool
	count    int    // requests in the text, also those beyond the batch limit
	fault    *Error // set when the whole message is refused
	v1       bool   // JSON-RPC 1.0 is spoken too
}

// rawRequest is one request of a message, its id and params untouched.
type rawRequest struct {
	method       []byte // unescaped
	params       []byte // nil: none were sent
	id           []byte // nil in a notification, and where a faulty request had no usable one
	elements     []element
	notification bool
	v1           bool
	fault        *Error // set when it can not be called
}

// span is a part of params.
type span struct{ at, end int }

// element is one parameter as it stands in params: its value and, in an object, its name,
// without the quotes.
type element struct {
	name  span
	value span
	flags tokenFlags // of the name
}

// maxElements is how many parameters of one request are remembered while it is scanned. The
// rest, rare and cheap to find again, is scanned for when it is bound.
const maxElements = 32

// limits is what parse needs to know of an Application's options.
type limits struct {
	depth int
	batch int // 0: none
	v1    bool
}

func (m *message) reset() {
	clear(m.requests)
	*m = message{requests: m.requests[:0], elements: m.elements[:0]}
}

// parse reads text. What is wrong with the whole of it is in m.fault afterwards, what is wrong
// with one request in that request's fault.
func (m *message) parse(text []byte, lim limits) {
	m.scanner = scanner{text: text, maxDepth: lim.depth}
	m.v1 = lim.v1
	i := m.space(0)
	switch {
	case i < len(text) && text[i] == '{':
		i = m.request(i, 1)
	case i < len(text) && text[i] == '[':
		i = m.members(i, lim.batch)
	default:
		i = m.value(i, 0)
		m.fault = errInvalidRequest("a message is an object or an array")
	}
	if i >= 0 {
		if i = m.space(i); i < len(text) {
			m.scanner.fail(i, "the text goes on behind the message")
			i = -1
		}
	}
	if i < 0 {
		m.fault = errParse(m.reason, m.offset)
	}
}

// members scans a batch.
func (m *message) members(i, limit int) int {
	m.batch = true
	if i = m.space(i + 1); i < len(m.text) && m.text[i] == ']' {
		m.fault = errInvalidRequest("a batch has at least one member")
		return i + 1
	}
	for {
		switch m.count++; {
		case limit > 0 && m.count > limit:
			i = m.value(i, 1)
		case i < len(m.text) && m.text[i] == '{':
			i = m.request(i, 2)
		default:
			if i = m.value(i, 1); i >= 0 {
				m.requests = append(m.requests, rawRequest{fault: errInvalidRequest("a request is an object")})
			}
		}
		if i < 0 {
			return -1
		}
		var more bool
		if i, more = m.next(i, ']'); !more {
			break
		}
	}
	if limit > 0 && m.count > limit {
		m.fault = errTooLarge("batch", limit)
	}
	return i
}

// The members of a request that this package knows, as bits.
const (
	sawVersion = 1 << iota
	sawMethod
	sawParams
	sawID
)

// parts is what is known of a request half read.
type parts struct {
	saw, twice          int
	version, method, id bool // these members are well formed
	none                bool // id is null
	params              byte // the first of params, 0: there are none, or null
}

// usualStart is how nearly all clients begin a request.
const usualStart = `{"jsonrpc":"2.0",`

// request scans a request object at depth.
func (m *message) request(i, depth int) int {
	if depth > m.maxDepth {
		return m.tooDeep(i)
	}
	m.requests = append(m.requests, rawRequest{})
	r := &m.requests[len(m.requests)-1]
	var rd parts
	if end := i + len(usualStart); end < len(m.text) && string(m.text[i:end]) == usualStart {
		rd.saw, rd.version = sawVersion, true
		i = m.space(end)
	} else if i = m.space(i + 1); i < len(m.text) && m.text[i] == '}' {
		m.classify(r, &rd)
		return i + 1
	}
	for more := true; more; {
		member, at := m.member(i)
		if at < 0 {
			return -1
		}
		rd.twice |= rd.saw & member
		rd.saw |= member
		switch member {
		case sawVersion:
			i = m.version(&rd, at, depth)
		case sawMethod:
			i = m.method(r, &rd, at, depth)
		case sawParams:
			i = m.params(r, &rd, at, depth)
		case sawID:
			i = m.id(r, &rd, at, depth)
		default:
			i = m.value(at, depth)
		}
		if i < 0 {
			return -1
		}
		if i, more = m.next(i, '}'); i < 0 {
			return -1
		}
	}
	m.classify(r, &rd)
	return i
}

// member scans the name at i. It returns the bit of a member that this package knows, and the
// index of the member's value.
func (m *message) member(i int) (bit, value int) {
	if bit, size := usualMember(m.text[min(i, len(m.text)):]); bit != 0 {
		return bit, m.space(i + size)
	}
	end, f, at := m.name(i)
	if at < 0 {
		return 0, -1
	}
	name := m.text[i+1 : end-1]
	if f&escaped != 0 {
		name = unescapeAll(name)
	}
	switch string(name) {
	case "jsonrpc":
		bit = sawVersion
	case "method":
		bit = sawMethod
	case "params":
		bit = sawParams
	case "id":
		bit = sawID
	}
	return bit, at
}

// usualMember recognises a member that is spelled as nearly all clients do, with its colon.
func usualMember(text []byte) (bit, size int) {
	switch {
	case len(text) > 5 && string(text[:5]) == `"id":`:
		return sawID, 5
	case len(text) < 10:
		return 0, 0
	case string(text[:9]) == `"method":`:
		return sawMethod, 9
	case string(text[:9]) == `"params":`:
		return sawParams, 9
	case string(text[:10]) == `"jsonrpc":`:
		return sawVersion, 10
	}
	return 0, 0
}

func (m *message) version(rd *parts, i, depth int) int {
	if i+5 <= len(m.text) && string(m.text[i:i+5]) == `"2.0"` {
		rd.version = true
		return i + 5
	}
	if i >= len(m.text) || m.text[i] != '"' {
		return m.value(i, depth)
	}
	end, f := m.str(i)
	if end < 0 {
		return -1
	}
	text := m.text[i+1 : end-1]
	if f&escaped != 0 {
		text = unescapeAll(text)
	}
	rd.version = string(text) == "2.0"
	return end
}

func (m *message) method(r *rawRequest, rd *parts, i, depth int) int {
	if i >= len(m.text) || m.text[i] != '"' {
		return m.value(i, depth)
	}
	end, f := m.str(i)
	switch {
	case end < 0:
		return -1
	case f&loneSurrogate != 0:
		return m.scanner.fail(i, "the method has a lone surrogate")
	}
	rd.method = true
	if r.method = m.text[i+1 : end-1]; f&escaped != 0 {
		r.method = unescapeAll(r.method)
	}
	return end
}

func (m *message) id(r *rawRequest, rd *parts, i, depth int) int {
	end := -1
	if i < len(m.text) && m.text[i] == '"' {
		var f tokenFlags
		if end, f = m.str(i); f&loneSurrogate != 0 {
			return m.scanner.fail(i, "the id has a lone surrogate")
		}
	} else {
		end = m.value(i, depth)
	}
	if end < 0 {
		return -1
	}
	switch m.text[i] {
	case '{', '[', 't', 'f':
		return end
	case 'n':
		rd.none = true
	}
	rd.id, r.id = true, m.text[i:end]
	return end
}

func (m *message) params(r *rawRequest, rd *parts, i, depth int) int {
	start, from := i, len(m.elements)
	switch {
	case i < len(m.text) && (m.text[i] == '[' || m.text[i] == '{'):
		m.elements, i = m.list(i, depth+1, m.elements, maxElements)
		if i >= 0 {
			r.params = m.text[start:i]
			r.elements = m.elements[from:len(m.elements):len(m.elements)]
		}
	default:
		i = m.value(i, depth)
	}
	if i >= 0 && m.text[start] != 'n' {
		rd.params = m.text[start]
	}
	return i
}

// list scans an array or an object like array and object do, and appends the spans of its
// elements, up to most of them, to dst: counted from its own first byte.
func (s *scanner) list(i, depth int, dst []element, most int) ([]element, int) {
	if depth > s.maxDepth {
		return dst, s.tooDeep(i)
	}
	start, closing := i, s.text[i]+2 // of [ and {
	if i = s.space(i + 1); i < len(s.text) && s.text[i] == closing {
		return dst, i + 1
	}
	var rest element // of those beyond most
	for n, more := 0, true; more; n++ {
		e := &rest
		if n < most {
			dst = append(dst, element{})
			e = &dst[len(dst)-1]
		}
		if closing == '}' {
			var end int
			e.name.at = i + 1 - start
			if end, e.flags, i = s.name(i); i < 0 {
				return dst, -1
			}
			e.name.end = end - 1 - start
		}
		e.value.at = i - start
		if i = s.value(i, depth); i < 0 {
			return dst, -1
		}
		e.value.end = i - start
		i, more = s.next(i, closing)
	}
	return dst, i
}

// classify decides what a request is, once all of its members are known.
func (m *message) classify(r *rawRequest, rd *parts) {
	r.v1 = m.v1 && !m.batch && rd.saw&sawVersion == 0
	if !rd.id || rd.twice&sawID != 0 {
		r.id = nil
	}
	switch {
	case rd.twice != 0:
		r.fault = errInvalidRequest("a member stands in the request twice")
	case rd.saw&sawID != 0 && !rd.id:
		r.fault = errInvalidRequest("id is a string, a number or null")
	case !rd.method:
		r.fault = errInvalidRequest("method is missing or no string")
	case r.v1:
		m.classifyV1(r, rd)
	case !rd.version:
		r.fault = errInvalidRequest(`jsonrpc is missing or not "2.0"`)
	default:
		r.notification = rd.saw&sawID == 0
		if rd.params != 0 && r.params == nil {
			r.fault = errInvalidParams(ParamFault{Expected: "array or object", Got: jsonType(rd.params)})
		}
	}
}

// classifyV1 does the same for a JSON-RPC 1.0 request, whose method is well formed.
func (m *message) classifyV1(r *rawRequest, rd *parts) {
	switch {
	case rd.saw&sawID == 0:
		r.fault = errInvalidRequest("a JSON-RPC 1.0 request has an id, null in a notification")
	case rd.none:
		r.notification, r.id = true, nil
	}
	if r.fault == nil && rd.params != 0 && rd.params != '[' {
		r.fault = errInvalidParams(ParamFault{Expected: "array", Got: jsonType(rd.params)})
	}
}

// jsonType names the type of the JSON value that begins with c.
func jsonType(c byte) string {
	switch c {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}
