"""Calls the C# server: client.py SCENARIO PORT. Exits with 0 when the server did what gRPC says."""
import os
import sys

import grpc

from messages import NO_LIMIT, SERVICE, decode, encode

PATIENCE = 60


def stub(channel, kind, name):
    return getattr(channel, kind)(SERVICE + name)


def texts(replies):
    return [decode(r)[0] for r in replies]


def expect_error(action, code):
    try:
        action()
    except grpc.RpcError as error:
        assert error.code() == code, f"{error.code()}: {error.details()}"
        return error
    raise AssertionError(f"no error, expected {code}")


def unary(channel):
    assert decode(stub(channel, "unary_unary", "Unary")(encode("hello"), timeout=PATIENCE))[0] == "hello"


def collect(channel):
    reply = stub(channel, "stream_unary", "Collect")(iter([encode("a"), encode("b"), encode("c")]), timeout=PATIENCE)
    assert decode(reply)[0] == "a,b,c"


def expand(channel):
    assert texts(stub(channel, "unary_stream", "Expand")(encode("x", count=100), timeout=PATIENCE)) == [f"x{i}" for i in range(100)]


def chat(channel):
    assert texts(stub(channel, "stream_stream", "Chat")((encode(f"{i}") for i in range(100)), timeout=PATIENCE)) == [f"{i}" for i in range(100)]


def metadata(channel):
    sent = (("text", "some text"), ("raw-bin", b"\x00\x01\xfe\xff"))
    _, call = stub(channel, "unary_unary", "Unary").with_call(encode("metadata"), metadata=sent, timeout=PATIENCE)
    assert dict(call.initial_metadata())["text"] == "some text"
    assert dict(call.trailing_metadata())["raw-bin"] == b"\x00\x01\xfe\xff"


def status(channel):
    error = expect_error(lambda: stub(channel, "unary_unary", "Unary")(encode("fail"), timeout=PATIENCE), grpc.StatusCode.NOT_FOUND)
    assert error.details() == "no such trial: é\n100%", error.details()
    assert dict(error.trailing_metadata())["grpc-status-details-bin"] == b"\x08\x05"


def deadline(channel):
    replies = stub(channel, "unary_stream", "Expand")(encode("forever"), timeout=2)
    assert decode(next(replies))[0] == "first"
    expect_error(lambda: next(replies), grpc.StatusCode.DEADLINE_EXCEEDED)


def cancel(channel):
    replies = stub(channel, "unary_stream", "Expand")(encode("forever"), timeout=PATIENCE)
    assert decode(next(replies))[0] == "first"
    replies.cancel()
    expect_error(lambda: next(replies), grpc.StatusCode.CANCELLED)


def dropped(channel):
    replies = stub(channel, "unary_stream", "Expand")(encode("forever"), timeout=PATIENCE)
    assert decode(next(replies))[0] == "first"
    os._exit(0)


def gzip(channel):
    payload = bytes(100_000)
    reply = stub(channel, "unary_unary", "Unary")(encode("zip", payload), compression=grpc.Compression.Gzip, timeout=PATIENCE)
    assert decode(reply)[1] == payload


def big(channel):
    payload = os.urandom(1 << 20) * 64
    assert decode(stub(channel, "unary_unary", "Unary")(encode("big", payload), timeout=PATIENCE))[1] == payload
    replies = stub(channel, "stream_stream", "Chat")(iter([encode("big", payload)]), timeout=PATIENCE)
    assert [decode(r)[1] == payload for r in replies] == [True]


def slow_reader(channel):
    # 128 MiB, of which the server can send only what the windows hold until they are read.
    replies = stub(channel, "unary_stream", "Expand")(encode("slow", bytes(1 << 20), 128), timeout=PATIENCE)
    assert decode(next(replies))[0] == "slow0"
    written = int(decode(stub(channel, "unary_unary", "Unary")(encode("stalled"), timeout=PATIENCE))[0])
    assert written < 128, written
    assert texts(replies) == [f"slow{i}" for i in range(1, 128)]


def unknown_method(channel):
    expect_error(lambda: stub(channel, "unary_unary", "Nothing")(b"", timeout=PATIENCE), grpc.StatusCode.UNIMPLEMENTED)


def handler_fails(channel):
    expect_error(lambda: stub(channel, "unary_unary", "Unary")(encode("crash"), timeout=PATIENCE), grpc.StatusCode.UNKNOWN)


def bad_message(channel):
    expect_error(lambda: stub(channel, "unary_unary", "Unary")(b"\xff\xff\xff", timeout=PATIENCE), grpc.StatusCode.INTERNAL)


def two_requests(channel):
    action = stub(channel, "stream_unary", "Unary")
    expect_error(lambda: action(iter([encode("a"), encode("b")]), timeout=PATIENCE), grpc.StatusCode.UNIMPLEMENTED)


with grpc.insecure_channel(f"127.0.0.1:{sys.argv[2]}", options=NO_LIMIT) as connection:
    globals()[sys.argv[1]](connection)
