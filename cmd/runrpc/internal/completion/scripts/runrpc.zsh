#compdef runrpc
# Completes runrpc in zsh: source <(runrpc completion zsh)
_runrpc() {
	local line value text
	local -a lines whole wholeTexts open openTexts
	lines=("${(@f)$("${(Q)${words[1]/#\~/$HOME}}" __complete zsh -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
	for line in "${lines[@]}"; do
		[[ -n $line ]] || continue
		value=${line%%$'\t'*}
		text=${line/$'\t'/  }
		if [[ $value == *[/=] ]]; then
			open+=("$value") openTexts+=("$text")
		else
			whole+=("$value") wholeTexts+=("$text")
		fi
	done
	compadd -l -d wholeTexts -a whole
	compadd -l -S '' -d openTexts -a open
}
if [[ $funcstack[1] == _runrpc ]]; then
	_runrpc "$@"
else
	compdef _runrpc runrpc
fi
