package dev.handfast.xa.testkit;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.database.H2Database;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.util.AnnotationUtils;

/**
 * A JUnit Jupiter extension that gives tests real parts as parameters, and checks after each test
 * that no thread of its own is left.
 *
 * <pre>{@code
 * @ExtendWith(RealParts.class)
 * class OrdersTest {
 *   @Test
 *   void survives(BrokerProcess broker, PostgresDatabase orders, @LogDirectory Path log) { … }
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@link BrokerProcess}, {@link PostgresServer}: one for each test class, started when first
 *       asked for. A test that kills one starts it again.
 *   <li>{@link PostgresDatabase}: a new one for each test, as a role that owns it.
 *   <li>{@link H2Database}: a new one for each test.
 *   <li>{@link LogDirectory @LogDirectory} {@link Path}: a new one for each test.
 * </ul>
 */
public final class RealParts implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

  private static final Namespace PARTS = Namespace.create(RealParts.class);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /** For JUnit. */
  public RealParts() {}

  private static final Map<Class<?>, Function<ExtensionContext, Object>> MAKERS =
      Map.of(
          BrokerProcess.class, RealParts::broker,
          PostgresServer.class, RealParts::postgres,
          PostgresDatabase.class, RealParts::database,
          H2Database.class, RealParts::h2);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return MAKERS.containsKey(parameter.getParameter().getType()) || isLogDirectory(parameter);
  }

  private static boolean isLogDirectory(ParameterContext parameter) {
    return AnnotationUtils.isAnnotated(parameter.getParameter(), LogDirectory.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (isLogDirectory(parameter)) {
      return directory(context).resolve("tx-log-" + NUMBERS.incrementAndGet());
    }
    Class<?> type = parameter.getParameter().getType();
    Function<ExtensionContext, Object> maker = MAKERS.get(type);
    if (maker == null) {
      throw new IllegalStateException("no part of type " + type);
    }
    return maker.apply(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(PARTS).put(LeakCheck.class, LeakCheck.of());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    LeakCheck before = context.getStore(PARTS).remove(LeakCheck.class, LeakCheck.class);
    if (before != null) {
      before.assertNothingLeft();
    }
  }

  private static Store ofClass(ExtensionContext context) {
    ExtensionContext owner = context;
    while (owner.getTestMethod().isPresent()) {
      owner = owner.getParent().orElseThrow();
    }
    return owner.getStore(PARTS);
  }

  private static Path directory(ExtensionContext context) {
    return ofClass(context)
        .computeIfAbsent(
            ScratchDirectory.class, type -> ScratchDirectory.make(), ScratchDirectory.class)
        .path();
  }

  private static BrokerProcess broker(ExtensionContext context) {
    Path directory = directory(context).resolve("broker");
    return ofClass(context)
        .computeIfAbsent(
            BrokerProcess.class, type -> BrokerProcess.start(directory), BrokerProcess.class);
  }

  private static PostgresServer postgres(ExtensionContext context) {
    Path directory = directory(context).resolve("postgres");
    return ofClass(context)
        .computeIfAbsent(
            PostgresServer.class, type -> PostgresServer.start(directory), PostgresServer.class);
  }

  private static PostgresDatabase database(ExtensionContext context) {
    PostgresServer server = postgres(context);
    String name = "test" + NUMBERS.incrementAndGet();
    server.createRole(name, name);
    return server.createDatabase(name, name).as(name, name);
  }

  private static H2Database h2(ExtensionContext context) {
    Path file = directory(context).resolve("h2-" + NUMBERS.incrementAndGet());
    return new H2Database("jdbc:h2:file:" + file + ";WRITE_DELAY=0");
  }
}
