package jsonrpc

// GeneratedV1 is named by the files that runrpc gen writes, so that they do not compile with a
// toolkit that is too old for them: the next version of such files will name another constant,
// and this one stays for as long as the files that name it are good.
const GeneratedV1 = true
