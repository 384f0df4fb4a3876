package io.acmpintune.engine.acmp.icql;

import java.util.Base64;
import java.util.List;

/** Encodes and decodes ICQL messages as SICS carries them: Base64 of UTF-8 XML. */
public final class IcqlCodec {

    private final IcqlWriter writer = new IcqlWriter();
    private final XmlReader reader = new XmlReader();

    public String encode(IcqlRequest request) {
        return Base64.getEncoder().encodeToString(writer.write(request));
    }

    /** Encodes a message of ours that is not a request to ACMP, or has more than one content. */
    String encode(String command, String actionType, int version, List<IcqlRequest.Content> contents) {
        return Base64.getEncoder().encodeToString(writer.write(command, actionType, version, contents));
    }

    public IcqlMessage decode(String body) throws MalformedReplyException {
        byte[] xml;
        try {
            // Some encoders break lines; Java's MIME decoder would accept any character, not only line breaks.
            xml = Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException _) {
            throw new MalformedReplyException("it is not Base64");
        }
        return IcqlMessage.open(reader.read(xml));
    }
}
