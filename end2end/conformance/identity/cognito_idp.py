"""Drives the JSON API with boto3's `cognito-idp` client. LYCEUM_URL names the server.

AdminDeleteUser is tried when LYCEUM_ADMIN_ACCESS_KEY_ID and LYCEUM_ADMIN_SECRET_ACCESS_KEY are set.
"""

import json
import os
import re
import sys
import time
import urllib.parse
import urllib.request

import boto3
from botocore import UNSIGNED
from botocore.config import Config

BASE = os.environ.get("LYCEUM_URL", "http://127.0.0.1:3000")
CLIENT = os.environ.get("LYCEUM_CLIENT_ID", "lyceum")
POOL = os.environ.get("LYCEUM_POOL_ID", "us-east-1_embedded0")
PASSWORD = "Correct-horse-1"
OTHER = "Another-horse-2"


def must(holds, sentence):
    if not holds:
        sys.exit(f"FAILED: {sentence}")


def cognito(**credentials):
    config = Config(retries={"total_max_attempts": 1}, signature_version=None if credentials else UNSIGNED)
    return boto3.client(
        "cognito-idp", region_name=POOL.split("_")[0], endpoint_url=f"{BASE}/identity", config=config, **credentials
    )


def code_for(email):
    query = urllib.parse.urlencode({"to": email})
    request = urllib.request.Request(f"{BASE}/identity/outbox?{query}", headers={"accept": "application/json"})
    with urllib.request.urlopen(request) as response:
        mails = json.load(response)
    must(mails, f"there is no mail to {email}")
    return re.search(r"(?<![\w-])\d{6}(?![\w-])", mails[0]["text"]).group()


def refused(what, exception, operation, **parameters):
    try:
        operation(**parameters)
    except exception:
        return
    except Exception as error:  # noqa: BLE001
        must(False, f"{what} was refused with {error!r}")
    must(False, f"{what} was not refused")


def sign_in(idp, email, password):
    return idp.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH", ClientId=CLIENT, AuthParameters={"USERNAME": email, "PASSWORD": password}
    )["AuthenticationResult"]


def main():
    idp = cognito()
    errors = idp.exceptions
    email = f"boto3-{time.time_ns()}@example.org"
    attributes = [{"Name": "given_name", "Value": "Grace"}, {"Name": "family_name", "Value": "Hopper"}]
    refused("a weak password", errors.InvalidPasswordException, idp.sign_up,
            ClientId=CLIENT, Username=email, Password="weakling1")
    signed_up = idp.sign_up(ClientId=CLIENT, Username=email, Password=PASSWORD, UserAttributes=attributes)
    must(signed_up["UserConfirmed"] is False and len(signed_up["UserSub"]) == 36, f"SignUp answered {signed_up}")
    must(signed_up["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL", f"SignUp answered {signed_up}")
    refused("an unconfirmed sign-in", errors.UserNotConfirmedException, sign_in, idp=idp, email=email, password=PASSWORD)
    idp.resend_confirmation_code(ClientId=CLIENT, Username=email)
    refused("a wrong code", errors.CodeMismatchException, idp.confirm_sign_up,
            ClientId=CLIENT, Username=email, ConfirmationCode="1")
    idp.confirm_sign_up(ClientId=CLIENT, Username=email, ConfirmationCode=code_for(email))
    refused("a wrong password", errors.NotAuthorizedException, sign_in, idp=idp, email=email, password="Wrong-horse-1")
    refused("an unknown client", errors.ResourceNotFoundException, idp.initiate_auth, AuthFlow="USER_PASSWORD_AUTH",
            ClientId="unknown", AuthParameters={"USERNAME": email, "PASSWORD": PASSWORD})

    tokens = sign_in(idp, email, PASSWORD)
    must(tokens["TokenType"] == "Bearer" and tokens["ExpiresIn"] == 3600, f"InitiateAuth answered {sorted(tokens)}")
    user = idp.get_user(AccessToken=tokens["AccessToken"])
    found = {attribute["Name"]: attribute["Value"] for attribute in user["UserAttributes"]}
    must(user["Username"] == signed_up["UserSub"] == found["sub"], f"GetUser answered {user}")
    must(found["email"] == email and found["email_verified"] == "true" and found["given_name"] == "Grace",
         f"GetUser answered {found}")

    refreshed = idp.initiate_auth(AuthFlow="REFRESH_TOKEN_AUTH", ClientId=CLIENT,
                                  AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]})["AuthenticationResult"]
    must("RefreshToken" not in refreshed and refreshed["AccessToken"] != tokens["AccessToken"], "a refresh is wrong")
    idp.change_password(AccessToken=tokens["AccessToken"], PreviousPassword=PASSWORD, ProposedPassword=OTHER)
    idp.forgot_password(ClientId=CLIENT, Username=email)
    idp.confirm_forgot_password(ClientId=CLIENT, Username=email, ConfirmationCode=code_for(email), Password=PASSWORD)
    refused("a token from before the reset", errors.NotAuthorizedException, idp.get_user,
            AccessToken=tokens["AccessToken"])

    tokens = sign_in(idp, email, PASSWORD)
    refused("revoking an access token", errors.UnsupportedTokenTypeException, idp.revoke_token,
            Token=tokens["AccessToken"], ClientId=CLIENT)
    idp.revoke_token(Token=tokens["RefreshToken"], ClientId=CLIENT)
    refused("a revoked access token", errors.NotAuthorizedException, idp.get_user, AccessToken=tokens["AccessToken"])
    tokens = sign_in(idp, email, PASSWORD)
    idp.global_sign_out(AccessToken=tokens["AccessToken"])
    refused("a token after signing out everywhere", errors.NotAuthorizedException, idp.get_user,
            AccessToken=tokens["AccessToken"])
    tokens = sign_in(idp, email, PASSWORD)
    idp.delete_user(AccessToken=tokens["AccessToken"])
    refused("a deleted person", errors.NotAuthorizedException, sign_in, idp=idp, email=email, password=PASSWORD)

    administer(idp)
    print("boto3: the JSON API behaves.")


def administer(idp):
    key_id = os.environ.get("LYCEUM_ADMIN_ACCESS_KEY_ID")
    secret = os.environ.get("LYCEUM_ADMIN_SECRET_ACCESS_KEY")
    if not key_id or not secret:
        return
    email = f"admin-{time.time_ns()}@example.org"
    idp.sign_up(ClientId=CLIENT, Username=email, Password=PASSWORD)
    idp.confirm_sign_up(ClientId=CLIENT, Username=email, ConfirmationCode=code_for(email))
    wrong = cognito(aws_access_key_id=key_id, aws_secret_access_key="wrong")
    refused("a wrong signature", wrong.exceptions.ClientError, wrong.admin_delete_user, UserPoolId=POOL, Username=email)
    right = cognito(aws_access_key_id=key_id, aws_secret_access_key=secret)
    right.admin_delete_user(UserPoolId=POOL, Username=email)
    refused("deleting twice", right.exceptions.UserNotFoundException, right.admin_delete_user,
            UserPoolId=POOL, Username=email)
    refused("a deleted person", idp.exceptions.NotAuthorizedException, sign_in, idp=idp, email=email, password=PASSWORD)


if __name__ == "__main__":
    main()
