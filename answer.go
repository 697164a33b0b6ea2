package jsonrpc

import (
	"reflect"
	"strconv"
)

// The head of an answer in its two forms; what follows the result or the error is in tail.
const (
	resultHead   = `{"jsonrpc":"2.0","result":`
	errorHead    = `{"jsonrpc":"2.0","error":`
	resultHeadV1 = `{"result":`
	errorHeadV1  = `{"result":null,"error":`
)

func appendResultHead(dst []byte, v1 bool) []byte {
	if v1 {
		return append(dst, resultHeadV1...)
	}
	return append(dst, resultHead...)
}

// appendResultTail ends an answer with a result.
func appendResultTail(dst []byte, id []byte, v1 bool) []byte {
	if v1 {
		dst = append(dst, `,"error":null`...)
	}
	return appendID(dst, id)
}

// appendID ends an answer; a nil id is null.
func appendID(dst, id []byte) []byte {
	if id == nil {
		return append(dst, `,"id":null}`...)
	}
	dst = append(append(dst, `,"id":`...), id...)
	return append(dst, '}')
}

// appendError appends an answer with an error. It fails when the codec cannot encode the data.
func (c coder) appendError(dst []byte, e *Error, id []byte, v1 bool) (out []byte, err error) {
	if v1 {
		dst = append(dst, errorHeadV1...)
	} else {
		dst = append(dst, errorHead...)
	}
	dst = strconv.AppendInt(append(dst, `{"code":`...), int64(e.Code), 10)
	message, ok := appendString(append(dst, `,"message":`...), e.Message)
	if !ok {
		message, _ = appendString(append(dst, `,"message":`...), validText(e.Message))
	}
	dst = message
	if e.Data != nil {
		dst, err = c.appendData(append(dst, `,"data":`...), e.Data)
	}
	return appendID(append(dst, '}'), id), err
}

// appendData appends an error's data. The package's own is written without the codec, which
// may be the user's.
func (c coder) appendData(dst []byte, data any) ([]byte, error) {
	switch data := data.(type) {
	case []ParamFault:
		return appendFaults(dst, data), nil
	case reason, incident:
		c = newCoder(nil, 0)
	}
	return c.encode(dst, reflect.ValueOf(data))
}

func appendFaults(dst []byte, faults []ParamFault) []byte {
	dst = append(dst, '[')
	for i, f := range faults {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst, _ = appendString(append(dst, `{"param":`...), f.Param)
		dst, _ = appendString(append(dst, `,"expected":`...), f.Expected)
		dst, _ = appendString(append(dst, `,"got":`...), f.Got)
		dst = append(dst, '}')
	}
	return append(dst, ']')
}
