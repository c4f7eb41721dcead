"""The messages of echo.proto, coded by hand so that nothing but python3-grpcio is needed."""

SERVICE = "/grpc_tests.Echo/"
NO_LIMIT = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


def _varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read_varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def encode(text="", payload=b"", count=0):
    out = b""
    if text:
        raw = text.encode()
        out += b"\x0a" + _varint(len(raw)) + raw
    if payload:
        out += b"\x12" + _varint(len(payload)) + payload
    if count:
        out += b"\x18" + _varint(count)
    return out


def decode(data):
    """Returns (text, payload, count)."""
    text, payload, count, at = "", b"", 0, 0
    while at < len(data):
        tag = data[at]
        value, at = _read_varint(data, at + 1)
        if tag == 0x18:
            count = value
            continue
        field = data[at:at + value]
        at += value
        if tag == 0x0A:
            text = field.decode()
        elif tag == 0x12:
            payload = field
    return text, payload, count
