# Completes authctl in bash: source <(authctl completions bash)
_authctl() {
    local line=${COMP_LINE:0:COMP_POINT} words current IFS=$' \t\n'
    read -ra words <<<"$line"
    [[ $line == *[[:space:]] ]] && words+=("")
    current=${words[${#words[@]} - 1]}
    IFS=$'\n'
    COMPREPLY=($(authctl complete -- "${words[@]:1}" 2>/dev/null))
    # Nothing follows the name of an argument but its value.
    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
    # Bash takes what follows a `=` for a word of its own.
    [[ $current == *=* ]] && COMPREPLY=("${COMPREPLY[@]#"${current%%=*}="}")
}
complete -o default -F _authctl authctl
