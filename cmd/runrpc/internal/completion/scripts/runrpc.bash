# Completes runrpc in bash: source <(runrpc completion bash)
_runrpc() {
	local program=${COMP_WORDS[0]/#\~/$HOME} candidate
	COMPREPLY=()
	while IFS= read -r candidate; do
		COMPREPLY+=("$candidate")
		[[ $candidate != *[/=] ]] || compopt -o nospace 2>/dev/null
	done < <("$program" __complete bash -- "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -F _runrpc runrpc
