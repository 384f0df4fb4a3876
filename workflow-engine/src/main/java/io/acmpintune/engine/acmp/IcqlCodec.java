package io.acmpintune.engine.acmp;

import java.util.Base64;

/** ICQL as SICS carries it: Base64 of UTF-8 XML, in requests and in replies. */
final class IcqlCodec {

    private final IcqlWriter writer = new IcqlWriter();
    private final XmlReader reader = new XmlReader();

    String encode(IcqlRequest request) {
        return Base64.getEncoder().encodeToString(writer.write(request));
    }

    IcqlMessage decode(String body) throws MalformedReplyException {
        byte[] xml;
        try {
            // Some encoders break lines; the decoder that ignores breaks would also ignore anything else.
            xml = Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException _) {
            throw new MalformedReplyException("it is not Base64");
        }
        return IcqlMessage.open(reader.read(xml));
    }
}
