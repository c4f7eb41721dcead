"""Serves Echo to the C# client. Prints its port; ends when its input ends."""
import os
import sys
import threading
from concurrent import futures

import grpc

from messages import NO_LIMIT, SERVICE, decode, encode

written = 0
ended = threading.Event()
read = threading.Event()


def unary(request, context):
    text, payload, _ = decode(request)
    if text == "fail":
        context.set_trailing_metadata((("grpc-status-details-bin", b"\x08\x05"),))
        context.abort(grpc.StatusCode.NOT_FOUND, "no such trial: é\n100%")
    if text == "crash":
        raise ValueError("crash")
    if text == "garbage":
        return b"\xff\xff\xff"
    if text == "ended":
        # The other call ended here too: its callback ran.
        assert ended.wait(60)
    if text == "read":
        read.set()
    if text == "written":
        text = str(written)
    if text == "metadata":
        received = dict(context.invocation_metadata())
        context.send_initial_metadata((("text", received["text"]),))
        context.set_trailing_metadata((("raw-bin", received["raw-bin"]),))
    if text == "zip":
        context.set_compression(grpc.Compression.Gzip)
    return encode(text, payload)


def collect(requests, context):
    if dict(context.invocation_metadata()).get("slow"):
        assert read.wait(60)
    return encode(",".join(decode(r)[0] for r in requests))


def expand(request, context):
    global written
    text, payload, count = decode(request)
    if text in ("forever", "die"):
        context.add_callback(ended.set)
        yield encode("first")
        if text == "die":
            os._exit(0)
        ended.wait(60)
        return
    for i in range(count):
        yield encode(f"{text}{i}", payload)
        written = i + 1


def chat(requests, context):
    for request in requests:
        text, payload, _ = decode(request)
        yield encode(text, payload)


methods = {
    "Unary": grpc.unary_unary_rpc_method_handler(unary),
    "Collect": grpc.stream_unary_rpc_method_handler(collect),
    "Expand": grpc.unary_stream_rpc_method_handler(expand),
    "Chat": grpc.stream_stream_rpc_method_handler(chat),
}
server = grpc.server(futures.ThreadPoolExecutor(8), options=NO_LIMIT)
server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE.strip("/"), methods),))
port = server.add_insecure_port("127.0.0.1:0")
server.start()
print(port, flush=True)
sys.stdin.read()
os._exit(0)
