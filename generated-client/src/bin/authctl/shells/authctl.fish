# Completes authctl in fish: authctl completions fish | source
function __authctl_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    authctl complete -- $words[2..-1] "$current" 2>/dev/null
end
complete -c authctl -f -a '(__authctl_complete)'
