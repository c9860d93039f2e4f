package dev.handfast.xa.testkit.process;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Byteman as an argument of a JVM. */
public final class BytemanAgent {

  private BytemanAgent() {}

  /** The JVM argument that loads the rules of a script. */
  public static String argument(Path script) {
    return "-javaagent:" + jar() + "=script:" + script.toAbsolutePath();
  }

  private static Path jar() {
    try {
      Class<?> agent =
          Class.forName("org.jboss.byteman.agent.Main", false, BytemanAgent.class.getClassLoader());
      return Path.of(agent.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (ReflectiveOperationException | URISyntaxException e) {
      throw new IllegalStateException(
          "Byteman is not on the class path. To solve this, add org.jboss.byteman:byteman.", e);
    }
  }
}
