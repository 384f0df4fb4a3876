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
            .layer("health")
            .definedBy(ENGINE + ".health..")
            .layer("outage")
            .definedBy(ENGINE + ".outage..")
            .layer("expiry")
            .definedBy(ENGINE + ".expiry..")
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
            .mayOnlyAccessLayers("queryaction", "job", "safety", "client", "publication", "inventory", "verification",
                    "webhook", "audit", "workflow", "acmp")
            .whereLayer("verification")
            .mayOnlyBeAccessedByLayers("web", "console")
            .whereLayer("verification")
            .mayOnlyAccessLayers("workflow", "acmp")
            .whereLayer("health")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("health")
            .mayOnlyAccessLayers("workflow", "acmp")
            .whereLayer("outage")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("outage")
            .mayOnlyAccessLayers("publication", "webhook", "workflow")
            .whereLayer("expiry")
            .mayOnlyBeAccessedByLayers("console")
            .whereLayer("expiry")
            .mayOnlyAccessLayers("webhook", "workflow")
            .whereLayer("queryaction")
            .mayOnlyAccessLayers("job", "audit", "workflow", "acmp")
            .whereLayer("job")
            .mayOnlyAccessLayers("safety", "webhook", "audit", "csv", "workflow")
            .whereLayer("client")
            .mayOnlyAccessLayers("workflow")
            .whereLayer("publication")
            .mayOnlyAccessLayers("inventory", "mapping", "webhook", "audit", "workflow", "acmp")
            .whereLayer("inventory")
            .mayOnlyAccessLayers("mapping", "matching", "audit", "workflow", "acmp")
            .whereLayer("mapping")
            .mayOnlyAccessLayers("workflow", "acmp")
            .whereLayer("matching")
            .mayNotAccessAnyLayer()
            .whereLayer("safety")
            .mayOnlyAccessLayers("webhook", "audit", "workflow")
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

    @ArchTest static final ArchRule THE_CONSOLE_KNOWS_OF_ACMP_ONLY_THAT_SERVERS_HAVE_NAMES = noClasses()
            .that(resideInAPackage(ENGINE + ".console.."))
            .should()
            .dependOnClassesThat(resideInAPackage(ENGINE + ".acmp..").and(not("AcmpServer")));

    @ArchTest static final ArchRule WEB_KNOWS_OF_ACMP_ONLY_THAT_SERVERS_HAVE_NAMES = noClasses()
            .that(resideInAPackage(ENGINE + ".web.."))
            .should()
            .dependOnClassesThat(resideInAPackage(ENGINE + ".acmp..").and(not("AcmpServer")));

    @ArchTest static final ArchRule THE_AUDIT_KNOWS_OF_ACMP_ONLY_THAT_SERVERS_HAVE_NAMES = noClasses()
            .that(resideInAPackage(ENGINE + ".audit.."))
            .should()
            .dependOnClassesThat(resideInAPackage(ENGINE + ".acmp..").and(not("AcmpServer")));

    @ArchTest static final ArchRule QUERY_ACTIONS_KNOW_OF_ACMP_ONLY_GUIDS_AND_THEIR_WAY_IN = noClasses()
            .that(resideInAPackage(ENGINE + ".queryaction.."))
            .should()
            .dependOnClassesThat(resideInAPackage(ENGINE + ".acmp..").and(not("AcmpGuid", "AcmpGateway", "AcmpServer",
                    "ConnectionProblem", "QueryActionInbox", "QueryActionAddress", "QueryActionMessage",
                    "ResultCode", "Messages", "Unavailable", "Taken", "Read", "Understood", "Malformed",
                    "Known", "ClientResult")));

    @ArchTest static final ArchRule MAPPING_KNOWS_OF_ACMP_ONLY_ITS_FIELDS_AND_HOW_THEY_ARE_WRITTEN = noClasses()
            .that(resideInAPackage(ENGINE + ".mapping.."))
            .should()
            .dependOnClassesThat(
                    resideInAPackage(ENGINE + ".acmp..").and(not("IcqlRecord", "SchemaField", "AcmpGuid", "AcmpDate")));

    @ArchTest static final ArchRule JOBS_DO_NOT_SEE_THEIR_RELAY = noClasses()
            .that(resideInAPackage(ENGINE + ".job"))
            .should()
            .dependOnClassesThat(resideInAPackage(ENGINE + ".job.relay.."));

    @ArchTest static final ArchRule ONLY_THE_RELAY_MOVES_JOBS = noClasses()
            .that()
            .resideOutsideOfPackage(ENGINE + ".job..")
            .should()
            .dependOnClassesThat(resideInAPackage(ENGINE + ".job")
                    .and(DescribedPredicate.not(not("JobLifecycle", "HeldJob", "JobSignal", "HandOverStage"))));

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

    @ArchTest static final ArchRule ONLY_ACMP_READS_AND_WRITES_XML = noClasses()
            .that()
            .resideOutsideOfPackage(ENGINE + ".acmp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.xml..", "org.w3c.dom..", "org.xml.sax..");

    @ArchTest static final ArchRule ONLY_WORKFLOW_SETS_SICS_UP = noClasses()
            .that()
            .resideOutsideOfPackages(ENGINE + ".acmp..", ENGINE + ".workflow..")
            .should()
            .dependOnClassesThat(resideInAPackage(ENGINE + ".acmp..").and(startingWith("Sics")));

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

    private static DescribedPredicate<JavaClass> not(String... names) {
        Set<String> known = Set.of(names);
        return DescribedPredicate.describe("not " + known, type -> !known.contains(type.getSimpleName()));
    }

    private static DescribedPredicate<JavaClass> startingWith(String prefix) {
        return DescribedPredicate.describe("named " + prefix + "…", type -> type.getSimpleName().startsWith(prefix));
    }
}
