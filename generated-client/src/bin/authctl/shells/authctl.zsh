#compdef authctl
# Completes authctl in zsh: source <(authctl completions zsh)
_authctl() {
    local -a found
    found=("${(@f)$(authctl complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    found=(${found:#})
    # Nothing follows the name of an argument but its value.
    compadd -S '' -- ${(M)found:#*=}
    compadd -- ${found:#*=}
}
compdef _authctl authctl
