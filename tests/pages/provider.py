"""A provider of accounts in a process of its own. Prints its issuer once its port is open."""

import warnings

warnings.simplefilter("ignore")  # what it leans on is on its way out; here it only has to speak the protocol

import oidc_provider_mock  # noqa: E402
import werkzeug.serving  # noqa: E402


def main() -> None:
    server = werkzeug.serving.make_server("127.0.0.1", 0, oidc_provider_mock.app(require_nonce=True), threaded=True)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
