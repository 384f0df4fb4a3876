package io.acmpintune.connector;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Who may see whom, as rules. */
@AnalyzeClasses(packages = "io.acmpintune", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String US = "io.acmpintune.connector";

    @ArchTest static final ArchRule FEATURES_SEE_ONLY_WHAT_LIES_BELOW_THEM = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(US + "..")
            .layer("start")
            .definedBy(US)
            .layer("web")
            .definedBy(US + ".web..")
            .layer("action")
            .definedBy(US + ".action..")
            .layer("inventory")
            .definedBy(US + ".inventory..")
            .layer("health")
            .definedBy(US + ".health..")
            .layer("verification")
            .definedBy(US + ".verification..")
            .layer("graph")
            .definedBy(US + ".graph..")
            .layer("budget")
            .definedBy(US + ".budget..")
            .layer("tenant")
            .definedBy(US + ".tenant..")
            .layer("outbound")
            .definedBy(US + ".outbound..")
            .whereLayer("start")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("start")
            .mayNotAccessAnyLayer()
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayOnlyAccessLayers("action", "inventory", "health", "verification", "tenant")
            .whereLayer("action")
            .mayOnlyAccessLayers("graph", "inventory", "tenant")
            .whereLayer("health")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("health")
            .mayOnlyAccessLayers("graph", "budget", "tenant")
            .whereLayer("verification")
            .mayOnlyAccessLayers("graph", "tenant")
            .whereLayer("inventory")
            .mayOnlyAccessLayers("graph", "tenant")
            .whereLayer("graph")
            .mayOnlyAccessLayers("budget", "outbound", "tenant")
            .whereLayer("budget")
            .mayOnlyAccessLayers("tenant")
            .whereLayer("tenant")
            .mayOnlyAccessLayers("outbound")
            .whereLayer("outbound")
            .mayNotAccessAnyLayer();

    @ArchTest static final ArchRule FEATURES_FORM_NO_CYCLE = slices().matching(US + ".(*)..").should().beFreeOfCycles();

    @ArchTest static final ArchRule ONLY_GRAPH_SPEAKS_GRAPH = noClasses().that()
            .resideOutsideOfPackage(US + ".graph..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.microsoft.graph..", "com.microsoft.kiota.."));

    @ArchTest static final ArchRule ONLY_OUTBOUND_AND_GRAPH_KNOW_OKHTTP = noClasses().that()
            .resideOutsideOfPackages(US + ".graph..", US + ".outbound..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("okhttp3..", "okio.."));

    @ArchTest static final ArchRule ONLY_TENANT_ASKS_ENTRA = noClasses().that()
            .resideOutsideOfPackage(US + ".tenant..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.microsoft.aad.."));

    @ArchTest static final ArchRule THE_CONNECTOR_KNOWS_NEITHER_THE_ENGINE_NOR_THE_SIMULATOR = noClasses()
            .that(resideInAnyPackage(US + "..", "io.acmpintune.runtime..", "io.acmpintune.model.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.acmpintune.engine..", "io.acmpintune.simulator.."));

    @ArchTest static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes()
            .that(resideInAnyPackage("io.acmpintune.connector..",
                    "io.acmpintune.runtime..", "io.acmpintune.model.."))
            .should(new ArchCondition<>("live in a null-marked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    events.add(new SimpleConditionEvent(type, type.getPackage().isAnnotatedWith(NullMarked.class),
                            type.getPackageName() + " of " + type.getSimpleName()));
                }
            });

    @ArchTest static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS_FOR = noClasses().that(resideInAnyPackage(US + ".."))
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Processor")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest static final ArchRule PACKAGES_ARE_FEATURES = noClasses().that(alwaysTrue())
            .should()
            .resideInAnyPackage("io.acmpintune..util..", "io.acmpintune..common..", "io.acmpintune..impl..",
                    "io.acmpintune..dto..", "io.acmpintune..service..");

    @ArchTest static final ArchRule NOTHING_IS_PRINTED = noClasses().that(resideInAnyPackage(US + ".."))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
