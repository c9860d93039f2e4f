package dev.handfast.xa.it.redeploy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/**
 * Deploys the application in a Tomcat, has requests do its work, and takes it away again, many
 * times. What Tomcat says of threads, thread-locals and drivers that were left is printed.
 */
public final class TomcatMain {

  private static final int REQUESTS = 3;

  private final Tomcat tomcat = new Tomcat();
  private final Loaders loaders = new Loaders();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path application;
  private final String[] settings;

  private TomcatMain(Path application, String[] settings) {
    this.application = application;
    this.settings = settings;
  }

  /** Takes the number of rounds, the folder of the web application, and what {@link Shop} takes. */
  public static void main(String[] arguments) throws Exception {
    Logger complaints = Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");
    complaints.setUseParentHandlers(false);
    complaints.addHandler(new Printer());
    TomcatMain main =
        new TomcatMain(
            Path.of(arguments[1]),
            new String[] {arguments[2], arguments[3], arguments[4], arguments[5]});
    main.start();
    for (int round = 1; round <= Integer.parseInt(arguments[0]); round++) {
      main.round(round);
    }
    System.out.println(main.loaders.remaining());
    main.tomcat.stop();
    main.tomcat.destroy();
  }

  private void start() throws Exception {
    tomcat.setBaseDir(Files.createDirectories(application.resolveSibling("tomcat")).toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    tomcat.getHost();
    // Tomcat takes a look of its own at the application for a thread that the application left.
    tomcat.getEngine().setBackgroundProcessorDelay(-1);
    tomcat.start();
  }

  private void round(int round) throws IOException, InterruptedException {
    Context context = deploy();
    loaders.add(context.getLoader().getClassLoader());
    for (int i = 0; i < REQUESTS; i++) {
      request(round * REQUESTS + i, "done");
    }
    request(Shop.LEFT_OPEN, "begun");
    tomcat.getHost().removeChild(context);
  }

  private Context deploy() {
    Context context = tomcat.addContext("/shop", application.toString());
    context.setParentClassLoader(TomcatMain.class.getClassLoader());
    Wrapper servlet = Tomcat.addServlet(context, "shop", ShopServlet.class.getName());
    servlet.addInitParameter("directory", settings[0]);
    servlet.addInitParameter("database", settings[1]);
    servlet.addInitParameter("broker", settings[2]);
    servlet.addInitParameter("queue", settings[3]);
    servlet.setLoadOnStartup(1);
    context.addServletMapping("/", "shop");
    return context;
  }

  private void request(int id, String expected) throws IOException, InterruptedException {
    URI work =
        URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/shop/?id=" + id);
    var answer = client.send(HttpRequest.newBuilder(work).build(), BodyHandlers.ofString());
    if (!answer.body().equals(expected)) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
  }

  private static final class Printer extends Handler {

    @Override
    public void publish(LogRecord complaint) {
      if (complaint.getLevel().intValue() >= Level.WARNING.intValue()) {
        System.out.println("Tomcat: " + complaint.getMessage());
      }
    }

    @Override
    public void flush() {
      System.out.flush();
    }

    @Override
    public void close() {}
  }
}
