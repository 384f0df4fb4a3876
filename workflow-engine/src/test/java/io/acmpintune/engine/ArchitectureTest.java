package io.acmpintune.engine;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Who may see whom in the engine, as rules. */
@AnalyzeClasses(packages = "io.acmpintune.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ENGINE = "io.acmpintune.engine";
    private static final String ACMP = ENGINE + ".acmp";
    private static final String ICQL = ACMP + ".icql..";
    private static final String SICS = ACMP + ".sics..";

    @ArchTest static final ArchRule EACH_FEATURE_SEES_ONLY_WHAT_IT_NEEDS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ENGINE + "..")
            .layer("start")
            .definedBy(ENGINE)
            .layer("console")
            .definedBy(ENGINE + ".console..")
            .layer("web")
            .definedBy(ENGINE + ".web..")
            .layer("verification")
            .definedBy(ENGINE + ".verification..")
            .layer("alert")
            .definedBy(ENGINE + ".alert..")
            .layer("queryaction")
            .definedBy(ENGINE + ".queryaction..")
            .layer("job")
            .definedBy(ENGINE + ".job..")
            .layer("client")
            .definedBy(ENGINE + ".client..")
            .layer("publication")
            .definedBy(ENGINE + ".publication..")
            .layer("inventory")
            .definedBy(ENGINE + ".inventory..")
            .layer("mapping")
            .definedBy(ENGINE + ".mapping..")
            .layer("matching")
            .definedBy(ENGINE + ".matching..")
            .layer("safety")
            .definedBy(ENGINE + ".safety..")
            .layer("access")
            .definedBy(ENGINE + ".access..")
            .layer("person")
            .definedBy(ENGINE + ".person..")
            .layer("webhook")
            .definedBy(ENGINE + ".webhook..")
            .layer("audit")
            .definedBy(ENGINE + ".audit..")
            .layer("csv")
            .definedBy(ENGINE + ".csv..")
            .layer("workflow")
            .definedBy(ENGINE + ".workflow..")
            .layer("acmp")
            .definedBy(ENGINE + ".acmp..")
            .whereLayer("start")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("start")
            .mayNotAccessAnyLayer()
            .whereLayer("console")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayOnlyAccessLayers("queryaction", "job", "safety", "access", "client", "publication", "inventory",
                    "verification", "webhook", "audit", "workflow", "acmp")
            .whereLayer("verification")
            .mayOnlyBeAccessedByLayers("web", "console")
            .whereLayer("verification")
            .mayOnlyAccessLayers("workflow", "acmp")
            .whereLayer("alert")
            .mayOnlyBeAccessedByLayers("console")
            .whereLayer("alert")
            .mayOnlyAccessLayers("publication", "webhook", "workflow")
            .whereLayer("queryaction")
            .mayOnlyAccessLayers("job", "client", "audit", "workflow", "acmp")
            .whereLayer("job")
            .mayOnlyAccessLayers("client", "safety", "webhook", "audit", "csv", "workflow")
            .whereLayer("client")
            .mayOnlyAccessLayers("workflow", "acmp")
            .whereLayer("publication")
            .mayOnlyAccessLayers("inventory", "mapping", "webhook", "audit", "workflow", "acmp")
            .whereLayer("inventory")
            .mayOnlyAccessLayers("mapping", "matching", "audit", "workflow", "acmp")
            .whereLayer("mapping")
            .mayOnlyAccessLayers("workflow", "acmp")
            .whereLayer("matching")
            .mayNotAccessAnyLayer()
            .whereLayer("safety")
            .mayOnlyAccessLayers("person", "webhook", "audit", "workflow")
            .whereLayer("access")
            .mayOnlyAccessLayers("safety", "audit")
            .whereLayer("person")
            .mayOnlyAccessLayers("audit")
            .whereLayer("webhook")
            .mayOnlyAccessLayers("audit")
            .whereLayer("audit")
            .mayOnlyAccessLayers("csv", "workflow", "acmp")
            .whereLayer("csv")
            .mayNotAccessAnyLayer()
            .whereLayer("workflow")
            .mayOnlyAccessLayers("acmp")
            .whereLayer("acmp")
            .mayNotAccessAnyLayer();

    @ArchTest static final ArchRule ICQL_KNOWS_NEITHER_COMMANDS_NOR_SICS = noClasses()
            .that(resideInAPackage(ICQL))
            .should()
            .dependOnClassesThat(resideInAPackage(ACMP).or(resideInAPackage(SICS)));

    @ArchTest static final ArchRule SICS_KNOWS_NEITHER_COMMANDS_NOR_ICQL = noClasses()
            .that(resideInAPackage(SICS))
            .should()
            .dependOnClassesThat(resideInAPackage(ACMP).or(resideInAPackage(ICQL)));

    @ArchTest static final ArchRule ONLY_WORKFLOW_SETS_SICS_UP = noClasses()
            .that()
            .resideOutsideOfPackages(ENGINE + ".acmp..", ENGINE + ".workflow..")
            .should()
            .dependOnClassesThat(resideInAPackage(SICS)
                    .and(not("ConnectionProblem", "CredentialRefusal", "UnencryptedFallback")));

    @ArchTest static final ArchRule ONLY_ICQL_READS_AND_WRITES_XML = noClasses()
            .that()
            .resideOutsideOfPackage(ICQL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.xml..", "org.w3c.dom..", "org.xml.sax..");

    @ArchTest static final ArchRule CONSOLE_WEB_AND_AUDIT_KNOW_ONLY_THE_SERVERS_OF_ACMP = noClasses()
            .that()
            .resideInAnyPackage(ENGINE + ".console..", ENGINE + ".web..", ENGINE + ".audit..")
            .should()
            .dependOnClassesThat(resideInAPackage(ENGINE + ".acmp..").and(not("AcmpServer")));

    @ArchTest static final ArchRule QUERY_ACTIONS_SEND_NO_COMMANDS_TO_ACMP = noClasses()
            .that(resideInAPackage(ENGINE + ".queryaction.."))
            .should()
            .dependOnClassesThat(resideInAPackage(ACMP)
                    .and(not("AcmpGateway", "AcmpServer", "QueryActionInbox", "QueryActionAddress")));

    @ArchTest static final ArchRule MAPPING_KNOWS_ONLY_ICQL = noClasses()
            .that(resideInAPackage(ENGINE + ".mapping.."))
            .should()
            .dependOnClassesThat(resideInAPackage(ACMP).or(resideInAPackage(SICS)));

    @ArchTest static final ArchRule FEATURES_FORM_NO_CYCLE = slices().matching(ENGINE + ".(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest static final ArchRule PLANS_ARE_COMPUTED_WITHOUT_IO = classes().that(
            resideInAPackage(ENGINE + ".publication.plan"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(ENGINE + ".publication.plan", "java.lang..", "java.util",
                    "java.util.function", "java.util.stream", "java.time", "org.jspecify..")
                    .or(resideInAPackage(ENGINE + ".workflow").and(startingWith("Publishing")
                            .or(startingWith("LookUp")))));

    @ArchTest static final ArchRule THE_ENGINE_KNOWS_NEITHER_THE_CONNECTOR_NOR_THE_SIMULATOR = noClasses().should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.acmpintune.connector..", "io.acmpintune.simulator..", "com.microsoft..");

    @ArchTest static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes()
            .should(new ArchCondition<>("live in a null-marked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    events.add(new SimpleConditionEvent(type, type.getPackage().isAnnotatedWith(NullMarked.class),
                            type.getFullName()));
                }
            });

    @ArchTest static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS_FOR = noClasses().should()
            .haveNameMatching(".*(Manager|Helper|Processor|Impl)");

    @ArchTest static final ArchRule PACKAGES_ARE_FEATURES = noClasses().should()
            .resideInAnyPackage("..util..", "..common..", "..impl..", "..dto..", "..service..");

    @ArchTest static final ArchRule NOTHING_IS_PRINTED = noClasses().should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** Classes other than these and their nested ones. */
    private static DescribedPredicate<JavaClass> not(String... names) {
        Set<String> known = Set.of(names);
        return DescribedPredicate.describe("not " + known, type -> !known.contains(outermost(type).getSimpleName()));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static DescribedPredicate<JavaClass> startingWith(String prefix) {
        return DescribedPredicate.describe("named " + prefix + "…", type -> type.getSimpleName().startsWith(prefix));
    }
}
