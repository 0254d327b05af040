"""moto's S3 server at 127.0.0.1 and the port that is the argument.

It calls the answer to ListParts by a name that S3 does not have, and strict clients refuse it: that name is put right.
"""

import sys

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple
from werkzeug.wrappers import Response


def named_right(app):
    def answer(environ, start_response):
        if environ["REQUEST_METHOD"] != "GET" or "uploadId=" not in environ.get("QUERY_STRING", ""):
            return app(environ, start_response)
        response = Response.from_app(app, environ)
        response.data = response.data.replace(b"ListPartsResponse", b"ListPartsResult")
        return response(environ, start_response)

    return answer


run_simple("127.0.0.1", int(sys.argv[1]), named_right(DomainDispatcherApplication(create_backend_app)), threaded=True)
