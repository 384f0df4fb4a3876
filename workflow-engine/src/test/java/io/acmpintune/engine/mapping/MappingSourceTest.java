package io.acmpintune.engine.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.DefaultResourceLoader;

import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.engine.workflow.PersonalDataPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MappingSourceTest {

    private static final String GOOD = "client: { ClientId: { property: clientId } }\n";
    private static final String BETTER = GOOD + "# better\n";
    private static final String BROKEN = "client: { ClientId: { property: clientid }, B: { property: model, as: loud } }\n";

    @TempDir private Path directory;
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("own.yml");
        Files.writeString(file, GOOD);
    }

    @Test
    void theDefaultMappingNeverChanges() throws IOException {
        MappingSource source = MappingSource.open("classpath:mapping/mobile-devices.yml", new DefaultResourceLoader(),
                PersonalDataPolicy.STRICT);
        Mapping first = source.current();

        assertThat(source.refresh()).isSameAs(first).isSameAs(source.current());
        assertThat(first.digest()).isEqualTo(Mappings.standard().digest());
        assertThat(source.problem()).isEmpty();
    }

    @Test
    void aFileThatIsAsItWasKeepsItsMapping() throws IOException {
        MappingSource source = open();
        Mapping first = source.current();
        Files.writeString(file, GOOD);

        assertThat(source.refresh()).isSameAs(first);
    }

    @Test
    void aGoodNewFileReplacesTheMapping() throws IOException {
        MappingSource source = open();
        Files.writeString(file, BETTER);

        assertThat(source.refresh().digest()).isEqualTo(MappingFile.read("x", BETTER).digest());
        assertThat(source.current().digest()).isEqualTo(MappingFile.read("x", BETTER).digest());
        assertThat(source.problem()).isEmpty();
    }

    @Test
    void aBrokenNewFileKeepsTheOldMappingAndSaysAllThatIsWrong() throws IOException {
        MappingSource source = open();
        Mapping first = source.current();
        Files.writeString(file, BROKEN);

        assertThat(source.refresh()).isSameAs(first);

        assertThat(source.problem()).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("The mapping as it was before is in use. ")
                .contains("own.yml, line 1: a device has no property 'clientid'. Did you mean clientId?")
                .contains("'loud' is not a transform. Use one of text"));
    }

    @Test
    void aProblemGoesWithTheBrokenFile() throws IOException {
        MappingSource source = open();
        Files.writeString(file, BROKEN);
        source.refresh();
        Files.writeString(file, BETTER);
        source.refresh();
        assertThat(source.problem()).isEmpty();

        Files.writeString(file, BROKEN);
        source.refresh();
        assertThat(source.problem()).isPresent();
        Files.writeString(file, BETTER);
        assertThat(source.refresh().digest()).isEqualTo(MappingFile.read("x", BETTER).digest());
        assertThat(source.problem()).isEmpty();
    }

    @Test
    void aFileThatIsGoneKeepsTheOldMapping() throws IOException {
        MappingSource source = open();
        Mapping first = source.current();
        Files.delete(file);

        assertThat(source.refresh()).isSameAs(first);
        assertThat(source.problem()).hasValueSatisfying(
                problem -> assertThat(problem).contains("own.yml cannot be read").contains("Put the file back"));
    }

    @Test
    void aNewMappingThatAcmpWouldRefuseIsNotUsedUntilAcmpAcceptsIt() throws IOException {
        MappingSource source = open();
        Mapping first = source.current();
        Files.writeString(file, BETTER);

        assertThat(source.refresh(_ -> List.of(new MappingFault("own.yml", 1, "ACMP has no field B", "Remove it"))))
                .isSameAs(first);
        assertThat(source.problem()).hasValueSatisfying(
                problem -> assertThat(problem).contains("own.yml, line 1: ACMP has no field B. Remove it."));

        assertThat(source.refresh(_ -> List.of())).isNotSameAs(first);
        assertThat(source.problem()).isEmpty();
    }

    @Test
    void aBrokenFileIsNotOpened() throws IOException {
        Files.writeString(file, BROKEN);

        assertThatExceptionOfType(InvalidMappingException.class).isThrownBy(this::open)
                .satisfies(wrong -> assertThat(wrong.faults()).hasSize(2));
    }

    @Test
    void aFileThatIsNotThereIsNotOpened() throws IOException {
        Files.delete(file);

        assertThatExceptionOfType(IOException.class).isThrownBy(this::open);
    }

    private MappingSource open() throws IOException {
        return MappingSource.open(file.toString(), new DefaultResourceLoader(), PersonalDataPolicy.STRICT);
    }
}
