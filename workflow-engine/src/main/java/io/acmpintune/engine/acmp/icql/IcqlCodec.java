package io.acmpintune.engine.acmp.icql;

import java.util.Base64;
import java.util.List;

/** ICQL as SICS carries it: Base64 of UTF-8 XML, in requests and in replies. */
public final class IcqlCodec {

    private final IcqlWriter writer = new IcqlWriter();
    private final XmlReader reader = new XmlReader();

    public String encode(IcqlRequest request) {
        return Base64.getEncoder().encodeToString(writer.write(request));
    }

    /** A message of ours that is no request to ACMP, or has more than one content. */
    String encode(String command, String actionType, int version, List<IcqlRequest.Content> contents) {
        return Base64.getEncoder().encodeToString(writer.write(command, actionType, version, contents));
    }

    public IcqlMessage decode(String body) throws MalformedReplyException {
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
