package io.acmpintune.engine.acmp.icql;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class XmlReaderTest {

    private final XmlReader reader = new XmlReader();

    @ParameterizedTest
    @ValueSource(strings = {"<a><b c='d'>e</b></a>", "<a xmlns='urn:x'><b c='d'>e</b></a>",
            "<p:a xmlns:p='urn:x' xmlns:q='urn:y'><q:b p:c='d'>e</q:b></p:a>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- hello --><a><b c='d'><![CDATA[e]]></b></a>"})
    void namespacesPrefixesAndCommentsDoNotMatter(String document) throws MalformedReplyException {
        XmlElement root = read(document);
        assertThat(root.name()).isEqualTo("a");
        assertThat(root.textOf("b")).isEqualTo("e");
        assertThat(root.children().getFirst().attributes()).containsEntry("c", "d");
    }

    @Test
    void anEncodingByByteOrderMarkIsUnderstood() throws MalformedReplyException {
        assertThat(reader.read("<a>é</a>".getBytes(UTF_16)).text()).isEqualTo("é");
        assertThat(reader.read("\uFEFF<a>é</a>".getBytes(UTF_8)).text()).isEqualTo("é");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "<a>", "<a></b>", "<a/><b/>", "<a>\u0001</a>", "<a>&#0;</a>",
            "<a>&unknown;</a>", "<a b='1' b='2'/>"})
    void whatIsNotXmlIsRefused(String document) {
        assertThatExceptionOfType(MalformedReplyException.class).isThrownBy(() -> read(document));
    }

    @Test
    void aRefusalDoesNotQuoteTheDocument() {
        assertThatExceptionOfType(MalformedReplyException.class).isThrownBy(() -> read("<a><Erika></a>"))
                .withMessageNotContaining("Erika")
                .withMessageContaining("line 1");
    }

    @Test
    void aDocumentTypeIsRefusedWithEverythingThatComesWithIt(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "canary");
        for (String document : new String[]{"<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY s SYSTEM '" + secret.toUri() + "'>]><a>&s;</a>",
                "<!DOCTYPE a SYSTEM '" + secret.toUri() + "'><a/>",
                "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;'>]><a>&d;&d;</a>"}) {
            assertThatExceptionOfType(MalformedReplyException.class).as(document)
                    .isThrownBy(() -> read(document))
                    .withMessageNotContaining("canary");
        }
    }

    @Test
    void aDeepDocumentIsRefused() {
        assertThatExceptionOfType(MalformedReplyException.class).isThrownBy(() -> read("<a>".repeat(100_000)))
                .withMessageContaining("deep");
    }

    @Test
    void aLargeReplyFullOfEscapesIsRead() throws MalformedReplyException {
        String item = "<string>" + "&amp;&lt;".repeat(100) + "</string>";
        XmlElement root = read("<a>" + item.repeat(5_000) + "</a>");
        assertThat(root.children()).hasSize(5_000).allMatch(child -> child.text().length() == 200);
    }

    private XmlElement read(String document) throws MalformedReplyException {
        return reader.read(document.getBytes(UTF_8));
    }
}
