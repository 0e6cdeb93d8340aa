#!/bin/sh
# Makes the secrets that compose.yaml mounts, in the folder `secrets` beside this file, once. What is
# there stays. Run it as root, so that the group of the containers, 10001, may read them, or name
# another group as its argument. The certificate and its key you put there yourself, as tls.crt and
# tls.key.
set -eu
group=${1:-10001}
cd "$(dirname "$0")"
umask 077
mkdir -p secrets

random() {
    openssl rand -hex 32
}

# NAME: keeps what it is handed on standard input, unless there is such a file.
keep() {
    if [ -e "secrets/$1" ]; then
        cat > /dev/null
    else
        cat > "secrets/$1"
    fi
}

random | keep postgres_password
printf 'postgresql://principles:%s@postgres/principles' "$(cat secrets/postgres_password)" |
    keep fp_database_url
printf 'requirepass %s\n' "$(random)" | keep redis_conf
printf 'redis://:%s@redis:6379' "$(sed 's/requirepass //' secrets/redis_conf)" | keep fp_redis_url
random | keep fp_session_secret
random | keep fp_metrics_token

chgrp -R "$group" secrets
chmod 750 secrets
chmod 440 secrets/*
