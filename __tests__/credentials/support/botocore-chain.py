"""Answers cases with what botocore does: one line of JSON in, one line out. Each case has its own home."""
import getpass
import json
import os
import sys

getpass.getpass = lambda *args, **kwargs: '123456'

import botocore.credentials
import botocore.loaders
import botocore.session
import botocore.tokens

# Signing in with the console needs awscrt; credentials that are still valid do not, but it is looked for.
if botocore.credentials.EC is None:
    botocore.credentials.EC = object()
loader = botocore.loaders.Loader()


def session(profile=None):
    made = botocore.session.Session(profile=profile)
    made.register_component('data_loader', loader)
    return made


def ask(profile=None):
    try:
        made = session(profile)
        found = made.get_credentials()
        # What every command does next, and where some settings stop it.
        made.create_client('sts', region_name='us-east-1')
        if found is None:
            return {'none': True}
        return {'id': found.get_frozen_credentials().access_key, 'method': found.method}
    except Exception as error:
        return {'error': str(error), 'type': type(error).__name__}


def region():
    try:
        return session().get_config_variable('region')
    except Exception:
        return None


for line in sys.stdin:
    answers = []
    for env in json.loads(line):
        os.environ.clear()
        os.environ.update(env)
        cache = os.path.join(env['HOME'], '.aws', 'sso', 'cache')
        botocore.credentials.SSOProvider._SSO_TOKEN_CACHE_DIR = cache
        botocore.tokens.SSOTokenProvider._SSO_TOKEN_CACHE_DIR = cache
        answers.append({'plain': ask(), 'dev': ask('dev'), 'region': region()})
    print(json.dumps(answers), flush=True)
