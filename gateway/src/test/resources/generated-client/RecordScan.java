import client.ApiClient;
import client.ApiException;
import client.api.ReceiptsApi;
import client.api.ScansApi;
import client.model.Receipt;
import client.model.ScanReceipt;
import client.model.ScanRequest;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Records a scan by a client that was generated from the contract, and once more, and reads its
 * receipt: the way of an integrator who has nothing but openapi.yaml.
 */
class RecordScan {
  /** Arguments: address, token of the device, token of a reader, class, file of the request. */
  public static void main(String[] args) throws Exception {
    ApiClient device = client(args[0], args[1]);
    ScanRequest request =
        device.getObjectMapper().readValue(Files.readString(Path.of(args[4])), ScanRequest.class);
    var scans = new ScansApi(device);
    var first = scans.recordScanWithHttpInfo("generated-1", args[3], request, "zh-CN");
    ScanReceipt recorded = first.getData();
    ScanReceipt again = scans.recordScan("generated-1", args[3], request, null);
    Receipt shown = new ReceiptsApi(client(args[0], args[2])).showReceiptOfClass(args[3], 1L, null);
    System.out.println("status " + first.getStatusCode());
    System.out.println("counterUsed " + recorded.getCounterUsed());
    System.out.println("same " + again.getReceipt().equals(recorded.getReceipt()));
    System.out.println("shown " + shown.getReceipt().equals(recorded.getReceipt()));
    System.out.println("receipt " + recorded.getReceipt());
    try {
      new ScansApi(client(args[0], "wrong")).recordScan("generated-2", args[3], request, "en");
    } catch (ApiException e) {
      System.out.println("refused " + e.getCode() + " " + e.getResponseBody());
    }
  }

  private static ApiClient client(String address, String token) {
    ApiClient client = new ApiClient();
    client.updateBaseUri(address);
    client.setRequestInterceptor(request -> request.setHeader("Authorization", "Bearer " + token));
    return client;
  }
}
