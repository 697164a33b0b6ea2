package jsonrpc

import "sync"

// maxPooled is the capacity up to which a buffer is kept for the next message, so that one
// large message does not hold memory for ever.
const maxPooled = 128 << 10

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// takeBuffer returns an empty buffer.
func takeBuffer() *[]byte { return buffers.Get().(*[]byte) }

// giveBuffer takes b's buffer back, which has grown to buf. Nothing may refer to it any more.
func giveBuffer(b *[]byte, buf []byte) {
	if cap(buf) > maxPooled {
		return
	}
	*b = buf[:0]
	buffers.Put(b)
}
