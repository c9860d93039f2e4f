package dev.handfast.xa.it.redeploy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** The application as a servlet, which starts and ends with its web application. */
public final class ShopServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private transient Shop shop;

  @Override
  public void init() throws ServletException {
    try {
      shop =
          new Shop(
              getInitParameter("directory"),
              getInitParameter("database"),
              getInitParameter("broker"),
              getInitParameter("queue"));
    } catch (SQLException e) {
      throw new ServletException(e);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      response.getWriter().print(shop.apply(Integer.parseInt(request.getParameter("id"))).call());
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  @Override
  public void destroy() {
    try {
      shop.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
