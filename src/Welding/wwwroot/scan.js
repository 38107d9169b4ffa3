// Fills a field with what the camera reads, where the browser can; without it the field is typed into.
(() => {
  if (!('BarcodeDetector' in window) || !navigator.mediaDevices?.getUserMedia) return;
  for (const button of document.querySelectorAll('[data-scan]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      let stream;
      const video = document.createElement('video');
      const end = () => {
        for (const track of stream?.getTracks() ?? []) track.stop();
        video.remove();
        button.disabled = false;
      };
      button.disabled = true;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
        video.srcObject = stream;
        video.playsInline = true;
        video.style.width = '100%';
        button.before(video);
        await video.play();
        const detector = new BarcodeDetector();
        const look = async () => {
          if (!video.isConnected) return end();
          const [found] = await detector.detect(video);
          if (!found) return setTimeout(look, 200);
          const field = document.getElementById(button.dataset.scan);
          // A label may carry an address whose last part is the serial.
          field.value = found.rawValue.trim().split('/').pop();
          field.focus();
          end();
        };
        look();
      } catch {
        // No camera, or not allowed: the field remains.
        end();
      }
    });
  }
})();
