package settings

// Supervised is the argument that makes a program read its Orders.
const Supervised = "--supervised"

// Orders are what runrpc tells a program that it has started, as JSON in the first line of its standard
// input. A line HandOver asks it to make way for its successor. The end of the input, which comes with
// runrpc's own end at the latest, asks it to finish the calls that have begun and to end.
type Orders struct {
	Settings Settings
	Listener uintptr // the descriptor of the socket to serve at; 0: it listens at Settings.Addr
	Status   uintptr // the descriptor of the pipe for its Reports
	Heir     bool    // it follows another program, which goes on until this one is ready
	Watching bool    // an edit starts a successor
	Width    int     // of the terminal; 0: not known
}

// HandOver is the line that asks a program to make way for its successor.
const HandOver = "hand over"

// A Report is what a program tells runrpc as JSON: one when it is ready, and an empty one when it has made
// way and takes no new connection.
type Report struct {
	Methods []string // as the start screen shows them
	Misfits []string // a line for each function that cannot be served
}
