package dev.handfast.xa.transactional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A named module uses proxies; Handfast is on the module path, what it needs on the class path. */
final class ModulePathTest {

  private static final String MODULE =
      """
      module shop {
        requires dev.handfast.xa;
        requires dev.handfast.xa.transactional;
        exports shop.api;
        OPENS
      }
      """;

  private static final String API =
      """
      package shop.api;
      public interface Orders {
        @jakarta.transaction.Transactional Object book(java.util.function.Supplier<Object> work);
      }
      """;

  private static final String MAIN =
      """
      package shop;
      import dev.handfast.xa.Handfast;
      import jakarta.transaction.Transactional;
      import java.util.Map;
      import java.util.function.Supplier;
      import shop.api.Orders;
      public class Main implements Orders {
        @Override @Transactional public Object book(Supplier<Object> work) { return work.get(); }
        interface Hidden { @Transactional Object run(); }
        public static void main(String[] arguments) {
          try (Handfast handfast = Handfast.start(
              Map.of("handfast.node-name", "shop-1", "handfast.log-store.type", "memory"))) {
            Supplier<Object> key = () -> handfast.synchronizationRegistry().getTransactionKey();
            Orders orders = handfast.transactional(Orders.class, new Main());
            System.out.println("interface " + (orders.book(key) != null));
            try {
              Hidden hidden = handfast.transactional(Hidden.class, key::get);
              System.out.println("hidden " + (hidden.run() != null));
              Main ofClass = handfast.transactional(Main.class, new Main());
              System.out.println("class " + (ofClass.book(key) != null));
            } catch (IllegalArgumentException e) {
              System.out.println(e.getMessage());
            }
          }
        }
      }
      """;

  @TempDir Path directory;
  private final List<String> modulePath = new ArrayList<>();
  private String classPath;

  @BeforeEach
  void packTheModules() throws IOException {
    List<String> others = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.exists(path.resolve("dev/handfast/xa/Handfast.class"))) {
        modulePath.add(packed(path, "dev.handfast.xa"));
      } else if (Files.exists(path.resolve("dev/handfast/xa/transactional/Timeout.class"))) {
        modulePath.add(packed(path, "dev.handfast.xa.transactional"));
      } else if (entry.contains("byte-buddy-1")) {
        modulePath.add(entry);
      } else if (entry.endsWith(".jar") && !path.getFileName().toString().startsWith("handfast")) {
        others.add(entry);
      } else if (isOurs(path)) {
        modulePath.add(entry);
      }
    }
    classPath = String.join(File.pathSeparator, others);
  }

  private static boolean isOurs(Path jar) {
    String name = jar.getFileName().toString();
    return name.startsWith("handfast-xa-core") || name.startsWith("handfast-xa-transactional");
  }

  /** As the build packs a jar that is a module by its manifest. */
  private String packed(Path classes, String module) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Automatic-Module-Name", module);
    Path jar = directory.resolve(module + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        if (!name.equals("META-INF/MANIFEST.MF")) {
          out.putNextEntry(new JarEntry(name));
          Files.copy(file, out);
        }
      }
    }
    return jar.toString();
  }

  private String source(String name, String text) throws IOException {
    Path file = directory.resolve("src").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private void compile(String opens) throws IOException {
    StringWriter errors = new StringWriter();
    int result =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(errors),
                new PrintWriter(errors),
                "--release",
                "17",
                "-proc:none",
                "-d",
                directory.resolve("shop").toString(),
                "--module-path",
                String.join(File.pathSeparator, modulePath),
                "--class-path",
                classPath,
                "--add-reads",
                "shop=ALL-UNNAMED",
                source("module-info.java", MODULE.replace("OPENS", opens)),
                source("shop/api/Orders.java", API),
                source("shop/Main.java", MAIN));
    assertThat(result).as(errors.toString()).isZero();
  }

  private String run() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--module-path",
            directory.resolve("shop")
                + File.pathSeparator
                + String.join(File.pathSeparator, modulePath),
            "--class-path",
            classPath,
            "--add-reads",
            "shop=ALL-UNNAMED",
            "--add-modules",
            "net.bytebuddy,jdk.unsupported,java.naming,java.management,java.rmi,java.sql",
            "--module",
            "shop/shop.Main");
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Arrays.stream(Files.readString(output).split("\n"))
        .filter(line -> !line.contains("HANDFAST") && !line.contains("dev.handfast.xa.Startup"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aModuleThatOpensItsPackage() throws Exception {
    compile("opens shop to dev.handfast.xa.transactional;");

    assertThat(run()).isEqualTo("interface true\nhidden true\nclass true");
  }

  @Test
  void aPackageThatIsClosedIsNamed() throws Exception {
    compile("");

    assertThat(run())
        .startsWith("interface true\nThere is no transactional proxy of shop.Main$Hidden")
        .contains(
            "cannot be called from here. To solve this, open the package shop to the module dev.handfast.xa.transactional.");
  }
}
