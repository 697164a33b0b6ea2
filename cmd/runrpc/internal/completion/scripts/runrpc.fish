# Completes runrpc in fish: runrpc completion fish > ~/.config/fish/completions/runrpc.fish
function __runrpc_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    test -n "$current"; or set current ''
    set -l program (string replace -r '^~' $HOME -- $words[1])
    $program __complete fish -- $words[2..-1] $current 2>/dev/null
end
complete -c runrpc -f -a '(__runrpc_complete)'
