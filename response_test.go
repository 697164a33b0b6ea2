package jsonrpc_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runrpc/jsonrpc"
)

func repeated(n int) string { return strings.Repeat("x", n) }

func fillMsg(n, id int) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","method":"fill","params":[%d],"id":%d}`, n, id)
}

func filled(n, id int) string { return resultFor(`"`+repeated(n)+`"`, fmt.Sprint(id)) }

var frame = len(filled(0, 1)) // what an answer has around its text

func fillers() jsonrpc.RPC {
	return jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errMapped: -32001},

		"fill":    repeated,
		"list":    func(n int) []string { return []string{repeated(n)} },
		"message": func(n int) error { return jsonrpc.ServerError(1, repeated(n), nil) },
		"data":    func(n int) error { return jsonrpc.ServerError(1, "", repeated(n)) },
		"mapped":  func(n int) error { return fmt.Errorf("%w: %s", errMapped, repeated(n)) },
		"private": func(n int) error { return errors.New(repeated(n)) },
	}
}

func TestAnswerOverMaxResponse(t *testing.T) {
	const most = 200
	over := tooLarge("response", most, "1")
	msg := func(method string, n int) string {
		return fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":[%d],"id":1}`, method, n)
	}
	message := func(n int) string { return faultFor(`{"code":-32001,"message":"`+repeated(n)+`"}`, "1") }
	data := func(n int) string { return faultFor(`{"code":-32001,"message":"","data":"`+repeated(n)+`"}`, "1") }
	list := func(n int) string { return resultFor(`["`+repeated(n)+`"]`, "1") }
	table := []wire{
		{"result at the limit", msg("fill", most-frame), filled(most-frame, 1)},
		{"result over it", msg("fill", most-frame+1), over},
		{"result far over it", msg("fill", 100*most), over},
		{"result by the codec at the limit", msg("list", most-len(list(0))), list(most - len(list(0)))},
		{"result by the codec over it", msg("list", most-len(list(0))+1), over},
		{"result by the codec far over it", msg("list", 100*most), over},
		{"message at the limit", msg("message", most-len(message(0))), message(most - len(message(0)))},
		{"message over it", msg("message", most-len(message(0))+1), over},
		{"data at the limit", msg("data", most-len(data(0))), data(most - len(data(0)))},
		{"data over it", msg("data", most-len(data(0))+1), over},
		{"data far over it", msg("data", 100*most), over},
		{"mapped error", msg("mapped", 10), faultFor(`{"code":-32001,"message":"application failure"}`, "1")},
		{"private error of any length", msg("private", 100*most), faultFor(`{"code":-32000,"message":"Server error","data":{"incident":"#"}}`, "1")},
		{"notification", `{"jsonrpc":"2.0","method":"fill","params":[1000]}`, ""},
	}
	for _, way := range routes(t, fillers(), &jsonrpc.Options{MaxResponse: most}) {
		for _, c := range table {
			t.Run(way.name+"/"+c.name, func(t *testing.T) { sameAnswer(t, way.send(t, c.msg), c.want) })
		}
	}
}

func TestMaxResponseByDefaultAndLifted(t *testing.T) {
	r := fillers()
	const most = 10 << 20
	for _, way := range routes(t, r, nil) {
		sameAnswer(t, way.send(t, fillMsg(most-frame, 1)), filled(most-frame, 1))
		want := tooLarge("response", most, "1")
		if way.name == "call" { // has no limit
			want = filled(most-frame+1, 1)
		}
		sameAnswer(t, way.send(t, fillMsg(most-frame+1, 1)), want)
	}
	app := newApp(t, r, &jsonrpc.Options{MaxResponse: -1})
	sameAnswer(t, string(app.CallContext(t.Context(), []byte(fillMsg(most, 1)), nil)), filled(most, 1))
}

// In a batch the answers from the one on that is over the limit are too large, whatever their
// size; notifications count for nothing.
func TestBatchOverMaxResponse(t *testing.T) {
	const most = 300
	over := func(id int) string { return tooLarge("response", most, fmt.Sprint(id)) }
	note := `{"jsonrpc":"2.0","method":"fill","params":[1000]}`
	two := 2*frame + len("[,]")
	for _, c := range []wire{
		{"at the limit", "[" + fillMsg(100, 1) + "," + fillMsg(most-two-100, 2) + "]", enclose(filled(100, 1), filled(most-two-100, 2))},
		{"one byte over it", "[" + fillMsg(100, 1) + "," + fillMsg(most-two-99, 2) + "]", enclose(filled(100, 1), over(2))},
		{"one at the limit", "[" + fillMsg(most-frame-2, 1) + "]", enclose(filled(most-frame-2, 1))},
		{"one over it by the brackets", "[" + fillMsg(most-frame-1, 1) + "]", enclose(over(1))},
		{"the second", "[" + fillMsg(10, 1) + "," + fillMsg(250, 2) + "," + fillMsg(1, 3) + "]", enclose(filled(10, 1), over(2), over(3))},
		{"the second, by far", "[" + fillMsg(10, 1) + "," + fillMsg(5000, 2) + "," + fillMsg(1, 3) + "]", enclose(filled(10, 1), over(2), over(3))},
		{"the first, by far", "[" + fillMsg(5000, 1) + "," + fillMsg(1, 2) + ",7]", enclose(over(1), over(2), tooLarge("response", most, "null"))},
		{"notifications", "[" + note + "," + fillMsg(100, 1) + "," + note + "," + fillMsg(100, 2) + "," + note + "]", enclose(filled(100, 1), filled(100, 2))},
		{"notifications behind", "[" + fillMsg(5000, 1) + "," + note + "]", enclose(over(1))},
		{"an error", "[" + fillMsg(most-two, 1) + "," + pingMsg + "," + fillMsg(1, 2) + "]", enclose(filled(most-two, 1), tooLarge("response", most, `"ping"`), over(2))},
	} {
		for _, way := range routes(t, fillers(), &jsonrpc.Options{MaxResponse: most}) {
			t.Run(way.name+"/"+c.name, func(t *testing.T) { sameAnswer(t, way.send(t, c.msg), c.want) })
		}
	}
}

// Which answers are too large depends on the order of the requests, not on who was first.
func TestBatchOverMaxResponseSideBySide(t *testing.T) {
	const n, each, most = 20, 100, 1000
	synctest.Test(t, func(t *testing.T) {
		for _, delay := range []func(i int) int{
			func(i int) int { return i },
			func(i int) int { return n - i },
			func(i int) int { return i * 7 % n },
			func(int) int { return 1 },
		} {
			r := jsonrpc.RPC{"slow": func(i int) string {
				<-time.After(time.Duration(delay(i)) * time.Millisecond)
				return repeated(each)
			}}
			want := numbered(n, func(i int) string {
				id := fmt.Sprint(i)
				answer := resultFor(`"`+repeated(each)+`"`, id)
				if (i+1)*(len(answer)+1)+1 > most {
					return tooLarge("response", most, id)
				}
				return answer
			})
			app := newApp(t, r, &jsonrpc.Options{MaxResponse: most})
			sameAnswer(t, string(app.CallContext(t.Context(), []byte(members("slow", n)), nil)), want)
		}
	})
}
